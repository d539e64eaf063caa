// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import java.time.Duration;

/**
 * What one client may take of a gRPC port.
 *
 * @param messageBytes of one message it sends, after decompression
 * @param callsPerConnection open at the same time, streams included
 * @param unaryDeadline after which a call with one answer is ended, whatever it waits for
 */
public record DoorLimits(int messageBytes, int callsPerConnection, Duration unaryDeadline) {}
