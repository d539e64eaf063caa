// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** One forecast with all that is needed to learn from its outcome; reused, so that none is made. */
final class Projection {
  final OriginFeatures seen;
  final double[] experts;
  final double[] quantiles;
  double value;
  double scale;
  double naive;
  double seasonalNaive;
  long origin = -1;

  Projection(Grid grid, int experts, int quantiles) {
    this.seen = new OriginFeatures(grid);
    this.experts = new double[experts];
    this.quantiles = new double[quantiles];
  }

  void archive(Archive archive) {
    seen.archive(archive);
    archive.of(experts);
    archive.of(quantiles);
    value = archive.of(value);
    scale = archive.of(scale);
    naive = archive.of(naive);
    seasonalNaive = archive.of(seasonalNaive);
    origin = archive.of(origin);
  }
}
