// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.List;

/**
 * What a provider knows: values, or why there are none. A failure is an answer, so that no code
 * path can turn it into an amount.
 *
 * @param <T> the kind of value
 */
public sealed interface Answer<T> {

  /** The values found; an empty list says that nothing matched, and is not a failure. */
  record Values<T>(List<T> items) implements Answer<T> {
    public Values {
      items = List.copyOf(items);
    }
  }

  /**
   * No values.
   *
   * @param reason what kind of failure
   * @param cause a sentence for the person who reads it: what was asked, what was found, what to do
   */
  record Refused<T>(Reason reason, String cause) implements Answer<T> {}

  /** The kinds of failure, each with one HTTP status. */
  enum Reason {
    /** No such metric or no such kind of object: 404. */
    NOT_FOUND,
    /** The metric is known, but no such object is, or there is no sample for it: 404. */
    NO_SAMPLE,
    /** The question itself cannot be answered, whoever asks: 400. */
    BAD_REQUEST,
    /** The source failed, hung, answered nonsense, or knows only values that are too old: 500. */
    SOURCE_FAILED,
    /** Not ready yet, or too busy: 503. */
    UNAVAILABLE
  }

  static <T> Answer<T> refused(Reason reason, String cause) {
    return new Refused<>(reason, cause);
  }
}
