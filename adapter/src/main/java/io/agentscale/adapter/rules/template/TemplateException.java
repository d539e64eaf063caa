// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

/** A template that is outside the supported part of Go's language, or cannot be rendered. */
public final class TemplateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super("template: " + message);
  }
}
