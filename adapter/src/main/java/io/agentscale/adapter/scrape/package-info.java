// SPDX-License-Identifier: Apache-2.0

/** Reads pods' own metrics straight from the pods, with no Prometheus between. */
@NullMarked
package io.agentscale.adapter.scrape;

import org.jspecify.annotations.NullMarked;
