package dev.usher.server;

import dev.usher.http.FieldRules;
import dev.usher.http.HeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check that the head of an HTTP/2 request, or its trailers, are as RFC 9113 wants them. HTTP/2
 * delimits names and values by their length, so any byte can be in them; in HTTP/1.1, which the
 * pods speak, some of those bytes begin another request.
 */
final class Http2HeadCheck {
  /** Proxies before and after us allow 100; here every crumb of a cookie counts as a field. */
  static final int FIELDS_MAX = 256;

  private Http2HeadCheck() {}

  /** What is wrong with the head of a request, or null. */
  static @Nullable String head(Http2Headers head) {
    String wrong = fields(head, true);
    return wrong == null ? meaning(head) : wrong;
  }

  /** What is wrong with trailers, or null. */
  static @Nullable String trailers(Http2Headers trailers) {
    return fields(trailers, false);
  }

  private static @Nullable String fields(Http2Headers fields, boolean pseudo) {
    if (fields.size() > FIELDS_MAX) {
      return "too many fields";
    }
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      CharSequence value = field.getValue();
      if (!(isPseudo(name) ? pseudo : FieldRules.isLowerToken(name))) {
        return "a name that must not be";
      }
      if (!FieldRules.isValue(value) || !FieldRules.isTrimmed(value)) {
        return "a value with forbidden bytes";
      }
      if (isOfConnection(name, value)) {
        return "a field of one connection";
      }
    }
    return null;
  }

  private static boolean isPseudo(CharSequence name) {
    return name.length() > 0 && name.charAt(0) == ':';
  }

  private static boolean isOfConnection(CharSequence name, CharSequence value) {
    return HttpHeaderValidationUtil.isConnectionHeader(name, true)
        || HttpHeaderValidationUtil.isTeNotTrailers(name, value);
  }

  private static @Nullable String meaning(Http2Headers head) {
    CharSequence method = only(head, PseudoHeaderName.METHOD);
    CharSequence scheme = only(head, PseudoHeaderName.SCHEME);
    CharSequence path = only(head, PseudoHeaderName.PATH);
    if (method == null || scheme == null || path == null) {
      return "not one method, scheme and path each";
    }
    if (!FieldRules.isToken(method) || !isScheme(scheme) || !FieldRules.isTarget(path, method)) {
      return "a method, scheme or path that is none";
    }
    List<CharSequence> authorities = head.getAll(PseudoHeaderName.AUTHORITY.value());
    if (pseudoFields(head) != 3 + authorities.size()) {
      return "an unknown pseudo-header";
    }
    if (!isLength(head.getAll(HeaderNames.CONTENT_LENGTH))) {
      return "a length that is none";
    }
    return namesOneHost(authorities, head.getAll(HeaderNames.HOST)) ? null : "not one valid host";
  }

  private static @Nullable CharSequence only(Http2Headers head, PseudoHeaderName name) {
    List<CharSequence> values = head.getAll(name.value());
    return values.size() == 1 ? values.get(0) : null;
  }

  private static int pseudoFields(Http2Headers head) {
    int count = 0;
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      if (!isPseudo(field.getKey())) {
        return count; // pseudo-headers come first
      }
      count++;
    }
    return count;
  }

  private static boolean isScheme(CharSequence scheme) {
    return AsciiString.contentEqualsIgnoreCase(scheme, HeaderNames.HTTPS)
        || AsciiString.contentEqualsIgnoreCase(scheme, HeaderNames.HTTP);
  }

  private static boolean isLength(List<CharSequence> lengths) {
    if (lengths.isEmpty()) {
      return true;
    }
    CharSequence only = lengths.get(0);
    for (int i = 0; i < only.length(); i++) {
      if (only.charAt(i) < '0' || only.charAt(i) > '9') {
        return false;
      }
    }
    return lengths.size() == 1 && only.length() > 0;
  }

  private static boolean namesOneHost(List<CharSequence> authorities, List<CharSequence> hosts) {
    if (authorities.size() > 1 || hosts.size() > 1 || authorities.size() + hosts.size() == 0) {
      return false;
    }
    CharSequence named = authorities.isEmpty() ? hosts.get(0) : authorities.get(0);
    return FieldRules.isHost(named)
        && (hosts.isEmpty() || AsciiString.contentEqualsIgnoreCase(named, hosts.get(0)));
  }
}
