// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.rules.template.GoTemplate;
import io.agentscale.adapter.rules.template.GoType;
import io.agentscale.adapter.rules.template.Text;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.Map;
import java.util.Optional;

/** A pattern of label names that stand for kinds of objects, such as {@code kube_<<.Resource>>}. */
final class LabelTemplate {
  private static final Map<String, GoType> FIELDS =
      Map.of("Group", GoType.TEXT, "Resource", GoType.TEXT);

  private final GoTemplate template;
  private final Pattern pattern;

  private LabelTemplate(GoTemplate template, Pattern pattern) {
    this.template = template;
    this.pattern = pattern;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it is no template, or does not name the resource
   */
  static LabelTemplate parse(String source) {
    GoTemplate template = GoTemplate.parse(source, FIELDS);
    String expression = render(template, "(?P<group>.+?)", "(?P<resource>.+?)");
    Pattern pattern = Pattern.compile("^" + expression + "$");
    if (!pattern.namedGroups().containsKey("resource")) {
      throw new IllegalArgumentException("must contain <<.Resource>>, was: " + source);
    }
    return new LabelTemplate(template, pattern);
  }

  /** Returns the kind that a label's name may stand for, whether or not it exists. */
  Optional<GroupResource> resourceOf(String label) {
    Matcher matcher = pattern.matcher(label);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String group = pattern.namedGroups().containsKey("group") ? matcher.group("group") : "";
    return Optional.of(new GroupResource(group, matcher.group("resource")));
  }

  /** Returns the label that stands for a kind. */
  String labelOf(ResourceKind kind) {
    return render(template, sanitised(kind.resource().group()), sanitised(kind.singular()));
  }

  private static String render(GoTemplate template, String group, String resource) {
    return template
        .render(Map.of("Group", Text.literal(group), "Resource", Text.literal(resource)))
        .plain();
  }

  private static String sanitised(String name) {
    return name.replace('.', '_').replace('-', '_');
  }

  @Override
  public String toString() {
    return template.toString();
  }
}
