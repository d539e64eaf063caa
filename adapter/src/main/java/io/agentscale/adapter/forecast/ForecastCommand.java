// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import picocli.CommandLine.Command;

/** Everything about forecasts of recorded series. */
@Command(
    name = "forecast",
    description = "Score, draw and tabulate forecasts of recorded series.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EvaluateCommand.class, PlotCommand.class, TableCommand.class})
public final class ForecastCommand {}
