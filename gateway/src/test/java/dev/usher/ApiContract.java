package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIContractBuilder;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.mediatype.ContentAnalyser;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypeRegistration;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.ValidationContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a gateway says of its API in OpenAPI, to be held against what it answers. */
final class ApiContract implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final JsonObject document;
  private final OpenAPIContract contract;
  private final ResponseValidator validator;

  /** Refuses what is no OpenAPI. */
  ApiContract(JsonObject document) {
    this.document = document;
    MediaTypeRegistry types = MediaTypeRegistry.createDefault();
    types.register(new Type("application/problem+json", ContentAnalyserFactory.json()));
    types.register(new Type("text/html", ContentAnalyserFactory.noop()));
    types.register(new Type("text/event-stream", ContentAnalyserFactory.noop()));
    try {
      this.contract =
          new OpenAPIContractBuilder(vertx)
              .setContract(document)
              .mediaTypeRegistry(types)
              .build()
              .await();
      this.validator = ResponseValidator.create(vertx, contract);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A kind of content and how it is read. */
  private record Type(String name, ContentAnalyserFactory reader) implements MediaTypeRegistration {
    @Override
    public ContentAnalyser createContentAnalyser(
        String type, Buffer content, ValidationContext context) {
      return reader.create(type, content, context);
    }

    @Override
    public boolean canHandle(String type) {
      return type.startsWith(name);
    }

    @Override
    public List<String> supportedTypes() {
      return List.of(name);
    }
  }

  static ApiContract of(Guest guest) {
    return new ApiContract(guest.fetches("/_usher/openapi.json").json());
  }

  List<Operation> operations() {
    return contract.operations();
  }

  /** What an operation answers in this case is documented, and is what was documented. */
  void holds(String operation, Reply reply) {
    String told = operation + ": " + reply;
    Operation asked = Objects.requireNonNull(contract.operation(operation), operation);
    assertThat(asked.getResponse(reply.status())).as(told).isNotNull();
    String type = Objects.requireNonNullElse(reply.header("Content-Type"), "");
    if (type.startsWith("text/")) {
      assertThat(asked.getResponse(reply.status()).getContent()).as(told).containsKey(type);
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    reply.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    Buffer body = Buffer.buffer(reply.body());
    try {
      validator
          .validate(ValidatableResponse.create(reply.status(), headers, body, type), operation)
          .await();
    } catch (Exception e) {
      throw new AssertionError(told, e);
    }
    if (type.equals("application/json") && reply.body().startsWith("{\"room\"")) {
      assertThat(schema("Place").fieldNames()).as(told).containsAll(reply.json().fieldNames());
    } else if (type.endsWith("problem+json")) {
      assertThat(schema("Problem").fieldNames()).as(told).containsAll(reply.json().fieldNames());
      assertThat(reply.json().getInteger("status")).as(told).isEqualTo(reply.status());
    }
  }

  /** What an event says is what a question for the place would be answered. */
  void holds(Listening.Event event) {
    var json = List.of(Map.entry("Content-Type", "application/json"));
    holds("place", new Reply(200, json, event.data().encode()));
  }

  private JsonObject schema(String name) {
    return document
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject(name)
        .getJsonObject("properties");
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
