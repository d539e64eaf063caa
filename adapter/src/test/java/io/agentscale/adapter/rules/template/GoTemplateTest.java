// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.adapter.rules.template.GoValue.TextMap;
import io.agentscale.adapter.rules.template.GoValue.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A template that Go renders one way and we another asks Prometheus a different question. */
final class GoTemplateTest {
  private static final Map<String, GoType> FIELDS =
      Map.of(
          "Name", GoType.TEXT, "Empty", GoType.TEXT, "List", GoType.TEXTS, "Map", GoType.TEXT_MAP);
  private static final Map<String, GoValue> VALUES =
      Map.of(
          "Name",
          Text.literal("n"),
          "Empty",
          Text.EMPTY,
          "List",
          new Texts(List.of(Text.literal("a"), Text.literal("b"))),
          "Map",
          new TextMap(
              new TreeMap<>(Map.of("k", Text.value(List.of("v", "w")), "j", Text.literal("é")))));

  record Case(String template, String expected) {
    @Override
    public String toString() {
      return template;
    }
  }

  static Stream<Case> renders() {
    return Stream.of(
        new Case("plain {{.Name}} < > $", "plain {{.Name}} < > $"),
        new Case("<<.Name>><< .Name >>", "nn"),
        new Case("<<.List>> <<.Map>> <<len .List>>", "[a b] map[j:é k:v|w] 2"),
        new Case("<<.Map.k>> <<.Map.none>> <<index .Map \"none\">>|", "v|w <no value> |"),
        new Case("<<index .Map \"k\">> <<index .List 1>>", "v|w b"),
        new Case("<<$.Name>><<with .Map>><<.k>><<$.Name>><<end>>", "nv|wn"),
        new Case("<<with .Empty>>x<<else>>y<<end>>", "y"),
        new Case("<<if .Empty>>a<<else if .Name>>b<<else>>c<<end>>", "b"),
        new Case("<<if and (eq .Name \"n\") (not .Empty)>>yes<<end>>", "yes"),
        new Case("<<if or .Empty .Name>>yes<<end>>", "yes"),
        new Case("<<if eq .Name \"x\" \"n\">>yes<<end>>", "yes"),
        new Case("<<if ne .Name \"x\">>yes<<end>>", "yes"),
        new Case("<<if gt (len .List) 1>>many<<end>>", "many"),
        new Case("<<if lt (len .Map.j) 2>>short<<else>>bytes<<end>>", "bytes"),
        new Case("<<if true>>t<<end>><<if false>>f<<end>>", "t"),
        new Case("<<range .List>>(<<.>>)<<end>>", "(a)(b)"),
        new Case("<<range $v := .List>><<$v>>,<<end>>", "a,b,"),
        new Case("<<range $i, $v := .List>><<$i>><<$v>>,<<end>>", "0a,1b,"),
        new Case("<<range $k, $v := .Map>><<$k>>=<<$v>>;<<end>>", "j=é;k=v|w;"),
        new Case("<<$x := .Name>><<$x>><<$x>>", "nn"),
        new Case("<<printf \"%s-%q-%d%%\" .Name .Name (len .List)>>", "n-\"n\"-2%"),
        new Case("<<.Name | printf \"%v|%s\" .List>>", "[a b]|n"),
        new Case("<<len .Map.j>>", "2"),
        new Case("a <</* why */>> b", "a  b"),
        new Case("a <<- /* why */ ->> b", "ab"),
        new Case("a <<- .Name ->>\n b", "anb"),
        new Case("<<`raw>>`>><<\"a\\n\\t\\\"\">>", "raw>>a\n\t\""));
  }

  @ParameterizedTest
  @MethodSource
  void renders(Case c) {
    assertThat(GoTemplate.parse(c.template(), FIELDS).render(VALUES).plain())
        .isEqualTo(c.expected());
  }

  static Stream<Case> refuses() {
    return Stream.of(
        new Case("<<.Name", "unclosed action <<.Name"),
        new Case("<<.Foo>>", ".Foo does not exist in the template's data"),
        new Case("<<.Name.x>>", ".x does not exist in text"),
        new Case("<<.>>", "the whole data cannot be printed, name a field"),
        new Case("<<if .Name>>", "an if, with or range has no end"),
        new Case("<<end>>", "unexpected end"),
        new Case("<<template \"x\">>", "unsupported function or keyword template"),
        new Case("<<define \"x\">><<end>>", "unsupported function or keyword define"),
        new Case("<<break>>", "unsupported function or keyword break"),
        new Case("<<js .Name>>", "unsupported function or keyword js"),
        new Case("<<.Name | .Name>>", "only a function can follow |, was: Name"),
        new Case("<<$y>>", "undefined variable $y"),
        new Case("<<if true>><<$y := .Name>><<end>><<$y>>", "undefined variable $y"),
        new Case("<<range .Name>><<end>>", "range takes a list or a map, was given text"),
        new Case(
            "<<index .Name 1>>",
            "index takes a map and a text, or a list and a whole number, was given [text, a whole"
                + " number]"),
        new Case("<<len 3>>", "len takes one text, list or map, was given [a whole number]"),
        new Case("<<eq .Name 1>>", "eq takes values of one type, was given [text, a whole number]"),
        new Case(
            "<<eq .Map .Map>>",
            "eq takes two texts, whole numbers or booleans, was given [a map of texts, a map of"
                + " texts]"),
        new Case("<<printf \"%x\" .Name>>", "printf knows %s %q %d %v %%, was given \"%x\""),
        new Case("<<printf \"%s\">>", "printf needs 1 values, was given 0"),
        new Case("<<printf \"%d\" .Name>>", "printf: %d cannot print text"),
        new Case(
            "<<printf .Name>>",
            "printf takes a format written in the template and its values, was given [text]"),
        new Case("<<(.Name>>", "a ) is missing"),
        new Case("<<.Name ? >>", "unexpected ? in <<.Name "),
        new Case("<<\"\\q\">>", "unsupported escape \\q in a string"),
        new Case("<<99999999999999999999>>", "number out of range: 99999999999999999999"),
        new Case(
            "<<index .List>>",
            "index takes a map and a text, or a list and a whole number,"
                + " was given [a list of texts]"));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(Case c) {
    assertThatThrownBy(() -> GoTemplate.parse(c.template(), FIELDS))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template: " + c.expected());
  }

  @Test
  void render_indexOutOfRange_isRefused() {
    GoTemplate template = GoTemplate.parse("<<index .List 2>>", FIELDS);

    assertThatThrownBy(() -> template.render(VALUES))
        .hasMessage("template: index out of range: 2 of a list of 2");
  }

  @Test
  void render_valuesOfARequest_staySeparateFromTheText() {
    assertThat(GoTemplate.parse("a<<.Map.k>><<printf \"%q\" .Map.k>>", FIELDS).render(VALUES))
        .isEqualTo(
            new Text(
                List.of(
                    new Text.Literal("a"),
                    new Text.Value(List.of("v", "w")),
                    new Text.Literal(""),
                    new Text.Literal("\""),
                    new Text.Value(List.of("v", "w")),
                    new Text.Literal("\""),
                    new Text.Literal(""))));
  }
}
