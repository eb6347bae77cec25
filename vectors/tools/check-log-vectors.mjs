// Computes everything in vectors/log again, with nothing but node:crypto, from the standards' texts:
// RFC 6962 and C2SP's tlog-tiles, signed-note, tlog-cosignature and tlog-proof.
//   node check-log-vectors.mjs DIR
// Prints {"ok":true,"checked":N}, or what differs, and exits 1.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let checked = 0;
const insist = (condition, what) => {
  checked++;
  if (!condition) throw new Error(what);
};
const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leaf = (i) => sha256(Buffer.from([0]), Buffer.from(`entry ${i}`));
const node = (left, right) => sha256(Buffer.from([1]), left, right);
const load = (name) => JSON.parse(readFileSync(join(process.argv[2], `${name}.json`), 'utf8'));
const split = (n) => 2 ** Math.ceil(Math.log2(n) - 1);

const leaves = Array.from({ length: 70000 }, (_, i) => leaf(i));
function mth(from, to) {
  if (to === from) return sha256();
  if (to - from === 1) return leaves[from];
  const k = split(to - from);
  return node(mth(from, from + k), mth(from + k, to));
}
// PATH and SUBPROOF exactly as RFC 6962 writes them.
function path(m, from, to) {
  if (to - from === 1) return [];
  const k = split(to - from);
  return m < k
    ? [...path(m, from, from + k), mth(from + k, to)]
    : [...path(m - k, from + k, to), mth(from, from + k)];
}
function subproof(m, from, to, whole) {
  if (m === to - from) return whole ? [] : [mth(from, to)];
  const k = split(to - from);
  return m <= k
    ? [...subproof(m, from, from + k, whole), mth(from + k, to)]
    : [...subproof(m - k, from + k, to, false), mth(from, from + k)];
}
const same = (hashes, hex) => hashes.map((h) => h.toString('hex')).join() === hex.join();

function roots() {
  for (const { size, root } of load('roots').roots) {
    insist(mth(0, size).toString('hex') === root, `root of size ${size}`);
  }
}

function proofs() {
  const { inclusion, consistency } = load('proofs');
  for (const { size, index, proof } of inclusion) {
    insist(same(path(index, 0, size), proof), `inclusion of ${index} in ${size}`);
  }
  for (const { old, new: size, proof } of consistency) {
    insist(same(old === 0 ? [] : subproof(old, 0, size, true), proof), `consistency ${old} ${size}`);
  }
}

function tilePath(kind, index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g);
  const last = groups.pop();
  return `tile/${kind}/${groups.map((g) => `x${g}/`).join('')}${last}${width < 256 ? `.p/${width}` : ''}`;
}

function tiles() {
  const { paths, size, tiles: digests, wrong } = load('tiles');
  for (const { kind, index, width, path: expected } of paths) {
    insist(tilePath(kind, BigInt(index), width) === expected, `path ${expected}`);
  }
  const shape = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/(?!x000)(x\d{3}\/)*\d{3}(\.p\/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$/;
  for (const p of wrong) insist(!shape.test(p), `accepts ${p}`);
  for (const p of paths) insist(shape.test(p.path), `refuses ${p.path}`);
  for (const [p, digest] of Object.entries(digests)) {
    const parts = /^tile\/(\d)\/(\d{3})(?:\.p\/(\d+))?$/.exec(p);
    if (!parts) continue;
    const [level, index, width] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 256)];
    const span = 256 ** level;
    insist(width === Math.min(256, Math.floor(size / span) - index * 256), `width of ${p}`);
    const hashes = Array.from({ length: width }, (_, i) => {
      const from = (index * 256 + i) * span;
      return mth(from, from + span);
    });
    insist(sha256(...hashes).toString('hex') === digest, `tile ${p}`);
  }
}

function keys(seedHex, name, type) {
  const der = Buffer.from(`302e020100300506032b657004220420${seedHex}`, 'hex');
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const material = Buffer.concat([Buffer.from([type]), raw]);
  const id = sha256(Buffer.from(`${name}\n`), material).subarray(0, 4);
  return { name, privateKey, publicKey, id, vkey: `${name}+${id.toString('hex')}+${material.toString('base64')}` };
}

function notes() {
  const v = load('notes');
  const log = keys(v.logSeed, v.logKey.split('+')[0], 1);
  const witness = keys(v.witnessSeed, v.witnessKey.split('+')[0], 4);
  insist(log.vkey === v.logKey && witness.vkey === v.witnessKey, 'verifier keys');
  const text = `${log.name}\n13\n${mth(0, 13).toString('base64')}\n`;
  const line = (key, bytes) => `\u2014 ${key.name} ${Buffer.concat([key.id, bytes]).toString('base64')}\n`;
  // Ed25519 is deterministic, so the notes are the same to the byte.
  const checkpoint = `${text}\n${line(log, sign(null, Buffer.from(text), log.privateKey))}`;
  insist(checkpoint === v.checkpoint, 'checkpoint');
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(v.cosignedAt));
  const message = Buffer.from(`cosignature/v1\ntime ${v.cosignedAt}\n${text}`);
  const cosignature = sign(null, message, witness.privateKey);
  insist(verify(null, message, witness.publicKey, cosignature), 'cosignature');
  const cosigned = checkpoint + line(witness, Buffer.concat([time, cosignature]));
  insist(cosigned === v.cosigned, 'cosigned checkpoint');
  const lines = (hashes) => hashes.map((h) => `${h.toString('base64')}\n`).join('');
  insist(v.receipt === `c2sp.org/tlog-proof@v1\nindex 5\n${lines(path(5, 0, 13))}\n${cosigned}`, 'receipt');
  insist(v.addCheckpoint === `old 6\n${lines(subproof(6, 0, 13, true))}\n${checkpoint}`, 'add-checkpoint');
}

try {
  roots();
  proofs();
  tiles();
  notes();
  console.log(JSON.stringify({ ok: true, checked }));
} catch (e) {
  console.log(JSON.stringify({ ok: false, why: e.message }));
  process.exitCode = 1;
}
