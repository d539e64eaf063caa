// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.GoValue.Fields;
import java.util.Map;

/**
 * A template of Go's text/template with the delimiters {@code <<} and {@code >>}.
 *
 * <p>Supported are fields, variables, constants, pipelines, {@code if}, {@code with}, {@code
 * range}, comments, trim markers and the functions of {@link TemplateFunction}; everything else is
 * refused when the template is parsed.
 */
public final class GoTemplate {
  private final String source;
  private final TemplateNode.Block block;

  private GoTemplate(String source, TemplateNode.Block block) {
    this.source = source;
    this.block = block;
  }

  /**
   * Parses a template.
   *
   * @param fields what {@code .Name} can name, and its type
   * @throws TemplateException if it is not a template, or outside the supported part
   */
  public static GoTemplate parse(String source, Map<String, GoType> fields) {
    return new GoTemplate(source, new TemplateParser(source, fields).parse());
  }

  /**
   * Renders the template with a value for every field.
   *
   * @throws TemplateException if an index is out of range
   */
  public Text render(Map<String, GoValue> values) {
    return block.print(Scope.of(new Fields(values)));
  }

  /** Returns the template as written. */
  @Override
  public String toString() {
    return source;
  }
}
