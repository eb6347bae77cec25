package dev.writ.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Keys for tests and vectors, from seeds that everybody may know. */
final class Keys {
  static final String ORIGIN = "writ.example/ledger";
  static final Ed25519Key LOG = fromByte(1);
  static final Ed25519Key WITNESS = fromByte(2);
  static final VerifierKey LOG_KEY = LOG.named(ORIGIN);
  static final VerifierKey WITNESS_KEY = WITNESS.witnessNamed("witness.example/w1");
  static final NoteSigner SIGNER = NoteSigner.of(LOG_KEY, LOG);
  static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
  static final NoteSigner COSIGNER = NoteSigner.cosigner(WITNESS_KEY, WITNESS, NOON);
  static final NoteVerifier VERIFIER = new NoteVerifier(LOG_KEY, Ed25519Key::verify);
  static final NoteVerifier WITNESS_VERIFIER = new NoteVerifier(WITNESS_KEY, Ed25519Key::verify);

  private Keys() {}

  static Ed25519Key fromByte(int b) {
    byte[] seed = new byte[Ed25519Key.SEED];
    Arrays.fill(seed, (byte) b);
    return Ed25519Key.fromSeed(seed);
  }
}
