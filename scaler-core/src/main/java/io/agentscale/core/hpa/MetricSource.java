// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** What a metric measures; the five kinds of autoscaling/v2, and what is none of them. */
public sealed interface MetricSource {

  /** Returns the API's name of the kind. */
  String type();

  /**
   * The usage of a resource by whole pods.
   *
   * @param resource such as cpu or memory
   */
  record ResourceMetric(String resource) implements MetricSource {
    @Override
    public String type() {
      return "Resource";
    }
  }

  /**
   * The usage of a resource by one container of each pod.
   *
   * @param resource such as cpu or memory
   * @param container the container's name
   */
  record ContainerResourceMetric(String resource, String container) implements MetricSource {
    @Override
    public String type() {
      return "ContainerResource";
    }
  }

  /** A custom metric of each pod. */
  record PodsMetric(MetricIdentifier metric) implements MetricSource {
    @Override
    public String type() {
      return "Pods";
    }
  }

  /** A custom metric of one other object. */
  record ObjectMetric(DescribedObject object, MetricIdentifier metric) implements MetricSource {
    @Override
    public String type() {
      return "Object";
    }
  }

  /** A metric of no Kubernetes object; its series are summed. */
  record ExternalMetric(MetricIdentifier metric) implements MetricSource {
    @Override
    public String type() {
      return "External";
    }
  }

  /** A kind the API server would not have let pass; it always fails. */
  record UnknownMetric(String type) implements MetricSource {}

  /**
   * The object an Object metric is about.
   *
   * @param apiVersion as written; may be empty
   * @param kind such as Ingress
   * @param name in the HPA's namespace
   */
  record DescribedObject(String apiVersion, String kind, String name) {
    /** What the status of an average names. */
    public static final DescribedObject OMITTED = new DescribedObject("", "", "");
  }
}
