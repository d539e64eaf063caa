// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What an objects file says: a stream of Kubernetes manifests, or the output of {@code kubectl get
 * … -o yaml} or {@code -o json}.
 *
 * <p>A CustomResourceDefinition makes its kind known to the manifests behind it. A namespace that
 * only objects mention exists without a manifest of its own, as it does where they come from.
 */
final class ObjectsFile {
  private static final int LARGEST_FILE_CHARACTERS = 64 << 20;
  private static final String LIST = "List";

  private final List<ResourceKind> customKinds = new ArrayList<>();
  private final Map<ResourceKind, ObjectTable> tables = new HashMap<>();
  private final Map<Identity, Integer> lines = new HashMap<>();
  private final Map<Identity, Pod> pods = new TreeMap<>();
  private KindTable kinds = WellKnownKinds.ALL;

  private record Identity(String resource, String namespace, String name)
      implements Comparable<Identity> {
    private static final Comparator<Identity> ORDER =
        Comparator.comparing(Identity::resource)
            .thenComparing(Identity::namespace)
            .thenComparing(Identity::name);

    @Override
    public int compareTo(Identity other) {
      return ORDER.compare(this, other);
    }
  }

  private ObjectsFile() {}

  /**
   * Reads the text of a file.
   *
   * @param file named in errors
   * @throws InvalidManifestException naming file, line and field
   */
  static ObjectsFile parse(String file, String yaml) {
    ObjectsFile objects = new ObjectsFile();
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST_FILE_CHARACTERS).build();
    try {
      new Compose(settings)
          .composeAllFromString(yaml)
          .forEach(node -> objects.addDocument(new ManifestNode(file, "", node)));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new InvalidManifestException(file + ":" + line + ": is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new InvalidManifestException(file + ": is not YAML: " + e.getMessage());
    }
    objects.addMentionedNamespaces();
    // Only duplicates need them.
    objects.lines.clear();
    return objects;
  }

  /** The kinds that can be asked for. */
  KindTable kinds() {
    return kinds;
  }

  Map<ResourceKind, ObjectTable> tables() {
    return tables;
  }

  List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  private void addDocument(ManifestNode document) {
    // "---" before the first or behind the last manifest makes an empty document.
    if (!document.isNull()) {
      addManifest(document, "", "");
    }
  }

  private void addManifest(ManifestNode manifest, String defaultApiVersion, String defaultKind) {
    String apiVersion = text(manifest, "apiVersion", defaultApiVersion);
    String kind = text(manifest, "kind", defaultKind);
    if (kind.endsWith(LIST) && manifest.field("items").isPresent()) {
      // The items of a bare List name their kinds; those of a PodList leave them out.
      String itemKind = kind.substring(0, kind.length() - LIST.length());
      for (ManifestNode item : manifest.required("items").items()) {
        addManifest(item, itemKind.isEmpty() ? "" : apiVersion, itemKind);
      }
      return;
    }
    if (kind.equals("CustomResourceDefinition")) {
      addCustomKind(manifest.required("spec"));
      return;
    }
    ResourceKind resourceKind =
        kinds
            .resolveManifest(apiVersion, kind)
            .orElseThrow(
                () ->
                    manifest.invalid(
                        "kind %s of %s is not known; put its CustomResourceDefinition before it"
                            .formatted(kind, apiVersion)));
    addObject(resourceKind, manifest);
  }

  private static String text(ManifestNode manifest, String field, String otherwise) {
    return otherwise.isEmpty()
        ? manifest.required(field).nonEmptyString()
        : manifest.field(field).map(ManifestNode::nonEmptyString).orElse(otherwise);
  }

  private void addCustomKind(ManifestNode spec) {
    ManifestNode names = spec.required("names");
    String group = spec.required("group").nonEmptyString();
    String plural = names.required("plural").nonEmptyString();
    String kind = names.required("kind").nonEmptyString();
    String version =
        spec.required("versions").items().stream()
            .findFirst()
            .orElseThrow(() -> spec.invalid("versions: must name at least one"))
            .required("name")
            .nonEmptyString();
    boolean namespaced =
        switch (spec.required("scope").string()) {
          case "Namespaced" -> true;
          case "Cluster" -> false;
          default -> throw spec.required("scope").invalid("must be Namespaced or Cluster");
        };
    String apiVersion = group + "/" + version;
    customKinds.add(
        namespaced
            ? WellKnownKinds.namespaced(apiVersion, plural, kind)
            : WellKnownKinds.clusterScoped(apiVersion, plural, kind));
    kinds = WellKnownKinds.ALL.with(customKinds);
  }

  private void addObject(ResourceKind kind, ManifestNode manifest) {
    ManifestNode metadata = manifest.required("metadata");
    ClusterObject object =
        new ClusterObject(
            namespace(kind, metadata),
            metadata.required("name").nonEmptyString(),
            metadata.field("labels").map(ManifestNode::strings).orElse(Map.of()),
            metadata.field("annotations").map(ManifestNode::strings).orElse(Map.of()));
    Identity identity =
        new Identity(kind.resource().toString(), object.namespace().orElse(""), object.name());
    ManifestNode name = metadata.required("name");
    Integer earlier = lines.putIfAbsent(identity, name.line());
    if (earlier != null) {
      throw name.invalid("must be unique, but the same object is given in line " + earlier);
    }
    tables.computeIfAbsent(kind, _ -> new ObjectTable()).put(object);
    if (kind.kind().equals("Pod") && kind.apiVersion().equals("v1")) {
      pods.put(identity, PodManifest.read(object, manifest));
    }
  }

  private static Optional<String> namespace(ResourceKind kind, ManifestNode metadata) {
    Optional<ManifestNode> namespace = metadata.field("namespace");
    if (kind.namespaced()) {
      return Optional.of(metadata.required("namespace").nonEmptyString());
    }
    namespace.ifPresent(
        given -> {
          throw given.invalid("must be left out, for a " + kind.kind() + " lives in no namespace");
        });
    return Optional.empty();
  }

  private void addMentionedNamespaces() {
    ResourceKind kind = kinds.resolveManifest("v1", "Namespace").orElseThrow();
    ObjectTable namespaces = tables.computeIfAbsent(kind, _ -> new ObjectTable());
    for (Identity identity : lines.keySet()) {
      String name = identity.namespace();
      if (!name.isEmpty()
          && !lines.containsKey(new Identity(kind.resource().toString(), "", name))) {
        namespaces.put(
            new ClusterObject(
                Optional.empty(), name, Map.of("kubernetes.io/metadata.name", name), Map.of()));
      }
    }
  }
}
