// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.net.URI;

/**
 * A pod's metrics endpoint.
 *
 * @param url http or https, with its port and path
 */
public record ScrapeTarget(String namespace, String pod, URI url) {}
