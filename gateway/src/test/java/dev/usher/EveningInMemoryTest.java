package dev.usher;

/** The evening with the line inside the process. */
class EveningInMemoryTest extends EveningContract {
  @Override
  String store() {
    return "";
  }
}
