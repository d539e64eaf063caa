// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

/** The formats a document can be had in, the default first. */
public enum Format {
  JSON("application/json"),
  YAML("application/yaml"),
  PROTOBUF("application/vnd.kubernetes.protobuf");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /**
   * Renders an object.
   *
   * @param pretty whether JSON is indented
   */
  public byte[] render(ApiObject object, boolean pretty) {
    return switch (this) {
      case JSON -> Json.render(object, pretty);
      case YAML -> Yaml.render(object);
      case PROTOBUF -> ProtobufWriter.render(object);
    };
  }
}
