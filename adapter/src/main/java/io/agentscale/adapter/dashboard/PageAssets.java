// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a page that needs nothing but itself: scripts, styles and data stand where the template
 * names them, as {@code {{charts.js}}}. What is put in is not looked through for names again.
 */
public final class PageAssets {
  private static final Pattern NAME = Pattern.compile("\\{\\{([A-Za-z.]+)}}");

  private final Map<String, String> parts = new HashMap<>();

  private PageAssets() {}

  /** Returns what every page of ours has: its look, and its charts. */
  public static PageAssets shared() {
    PageAssets assets = new PageAssets();
    assets.put("uPlot.min.css", resource(PageAssets.class, "uplot/uPlot.min.css"));
    assets.put("uPlot.iife.min.js", resource(PageAssets.class, "uplot/uPlot.iife.min.js"));
    assets.put("page.css", resource(PageAssets.class, "page.css"));
    assets.put("charts.js", resource(PageAssets.class, "charts.js"));
    return assets;
  }

  /**
   * Adds a file beside a class.
   *
   * @return this
   */
  public PageAssets with(Class<?> owner, String name) {
    put(name, resource(owner, name));
    return this;
  }

  /**
   * Adds JSON, so written that it cannot end the script element it stands in.
   *
   * @return this
   */
  public PageAssets withJson(String name, String json) {
    put(name, json.replace("<", "\\u003c"));
    return this;
  }

  /**
   * Returns the page.
   *
   * @throws IllegalStateException if the template names what is not there
   */
  public String page(Class<?> owner, String template) {
    Matcher names = NAME.matcher(resource(owner, template));
    return names.replaceAll(name -> Matcher.quoteReplacement(part(template, name.group(1))));
  }

  private void put(String name, String text) {
    parts.put(name, text);
  }

  private String part(String template, String name) {
    String text = parts.get(name);
    if (text == null) {
      throw new IllegalStateException(template + " names " + name + ", which is not there");
    }
    return text;
  }

  private static String resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(owner.getPackageName() + " has no " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(owner.getPackageName() + ": " + name, e);
    }
  }
}
