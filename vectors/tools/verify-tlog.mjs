// Verifies an exported log that follows C2SP tlog-tiles, with nothing but node:crypto.
//   node verify-tlog.mjs DIR VKEYFILE
// Prints {"entries":N,"ok":true}, or {"ok":false,"why":...} and exits 1. It shares no code with Writ.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

class Wrong extends Error {}
const insist = (condition, why) => {
  if (!condition) throw new Wrong(why);
};
const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leafHash = (entry) => sha256(Buffer.from([0]), entry);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

// MTH of RFC 6962, 2.1, over a list of hashes: a recursion on the definition.
function merkle(hashes) {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(merkle(hashes.slice(0, k)), merkle(hashes.slice(k)));
}

function readKey(file) {
  const [name, id, ...rest] = readFileSync(file, 'utf8').trimEnd().split('+');
  const material = Buffer.from(rest.join('+'), 'base64');
  insist(material.length === 33 && material[0] === 1, 'not an Ed25519 verifier key');
  const keyId = sha256(Buffer.from(`${name}\n`), material).subarray(0, 4);
  insist(keyId.toString('hex') === id, 'the key id is not this key\'s');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), material.subarray(1)]);
  return { name, keyId, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

function readCheckpoint(note, { name, keyId, key }) {
  const split = note.lastIndexOf('\n\n');
  insist(split >= 0 && note.endsWith('\n'), 'the checkpoint is not a signed note');
  const text = note.slice(0, split + 1);
  const mine = note.slice(split + 2, -1).split('\n').flatMap((line) => {
    const [dash, signer, base64] = line.split(' ');
    insist(dash === '\u2014' && base64, 'a signature line is malformed');
    const bytes = Buffer.from(base64, 'base64');
    return signer === name && bytes.subarray(0, 4).equals(keyId) ? [bytes.subarray(4)] : [];
  });
  insist(mine.length > 0, 'the log has not signed the checkpoint');
  insist(mine.every((s) => verify(null, Buffer.from(text), key, s)), 'the signature does not verify');
  const [origin, size, root] = text.split('\n');
  insist(origin === name, 'the checkpoint is of another log');
  insist(/^(0|[1-9][0-9]{0,15})$/.test(size), 'the tree size is malformed');
  insist(Buffer.from(root, 'base64').length === 32, 'the root is malformed');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
}

function tilePath(kind, index, width) {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/.{3}/g);
  const path = groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/');
  return `tile/${kind}/${path}${width === 256 ? '' : `.p/${width}`}`;
}

function readTile(dir, kind, index, width) {
  const file = join(dir, tilePath(kind, index, width));
  insist(existsSync(file), `${tilePath(kind, index, width)} is missing`);
  return readFileSync(file);
}

function readEntries(dir, index, width) {
  const bytes = readTile(dir, 'entries', index, width);
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    insist(at + 2 <= bytes.length, `bundle ${index} is cut`);
    const end = at + 2 + bytes.readUInt16BE(at);
    insist(end <= bytes.length, `bundle ${index} is cut`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  insist(entries.length === width, `bundle ${index} has ${entries.length} entries`);
  return entries;
}

function run(dir, keyFile) {
  const { size, root } = readCheckpoint(readFileSync(join(dir, 'checkpoint'), 'utf8'), readKey(keyFile));
  // Level 0 comes from the entries; each level above from the full tiles of the one below.
  let hashes = [];
  for (let i = 0; i * 256 < size; i++) {
    readEntries(dir, i, Math.min(256, size - i * 256)).forEach((e) => hashes.push(leafHash(e)));
  }
  insist(merkle(hashes).equals(root), 'the entries do not give the signed root');
  for (let level = 0; hashes.length > 0; level++) {
    const above = [];
    for (let i = 0; i * 256 < hashes.length; i++) {
      const tile = hashes.slice(i * 256, i * 256 + 256);
      const stored = readTile(dir, level, i, tile.length);
      insist(stored.equals(Buffer.concat(tile)), `${tilePath(level, i, tile.length)} holds other hashes`);
      if (tile.length === 256) above.push(merkle(tile));
    }
    hashes = above;
  }
  return size;
}

try {
  insist(process.argv.length === 4, 'usage: node verify-tlog.mjs DIR VKEYFILE');
  console.log(JSON.stringify({ entries: run(process.argv[2], process.argv[3]), ok: true }));
} catch (e) {
  const why = e instanceof Wrong || e.code ? e.message : String(e.stack);
  console.log(JSON.stringify({ ok: false, why }));
  process.exitCode = 1;
}
