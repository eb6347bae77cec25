// A small witness that follows C2SP tlog-witness, tlog-cosignature v1 and signed-note, with node's
// own modules alone. It keeps one log's latest checkpoint in a file.
//   node witness.mjs STATEFILE WITNESSNAME SEEDHEX LOGVKEY [PORT]
// Prints {"port":N,"vkey":"..."}; listens on loopback; ends when its standard input does.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';

const [stateFile, witnessName, seedHex, logVkey, port] = process.argv.slice(2);
const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const node = (left, right) => sha256(Buffer.from([1]), left, right);
const publicKey = (raw) =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
const keyId = (name, material) => sha256(Buffer.from(`${name}\n`), material).subarray(0, 4);

const seedDer = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seedHex, 'hex')]);
const privateKey = createPrivateKey({ key: seedDer, format: 'der', type: 'pkcs8' });
const ownRaw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
const ownMaterial = Buffer.concat([Buffer.from([4]), ownRaw]);
const ownId = keyId(witnessName, ownMaterial);

const [logName, , ...logRest] = logVkey.split('+');
const logMaterial = Buffer.from(logRest.join('+'), 'base64');
const logKey = publicKey(logMaterial.subarray(1));
const logId = keyId(logName, logMaterial);

class Answer extends Error {
  constructor(status, body = '', type = 'text/plain') {
    super(body);
    Object.assign(this, { status, body, type });
  }
}
const insist = (condition, status, body, type) => {
  if (!condition) throw new Answer(status, body, type);
};

// RFC 6962, 2.1.2 read backwards: rebuilds both roots along the recursion that made the proof.
function rootsFrom(m, n, proof, isOldTree, oldRoot) {
  if (m === n) {
    const root = isOldTree ? oldRoot : proof.shift();
    insist(root, 422);
    return [root, root];
  }
  let k = 1;
  while (k * 2 < n) k *= 2;
  // The proof lists the deepest hash first, so the sibling of this level is its last.
  const sibling = proof.pop();
  insist(sibling, 422);
  if (m <= k) {
    const [older, newer] = rootsFrom(m, k, proof, isOldTree, oldRoot);
    return [older, node(newer, sibling)];
  }
  const [older, newer] = rootsFrom(m - k, n - k, proof, false, oldRoot);
  return [node(sibling, older), node(sibling, newer)];
}

function consistent(old, size, root, proof) {
  if (old.size === 0) return proof.length === 0;
  const left = [...proof];
  const [older, newer] = rootsFrom(old.size, size, left, true, old.root);
  return left.length === 0 && older.equals(old.root) && newer.equals(root);
}

function load() {
  if (!existsSync(stateFile)) return { size: 0, root: sha256() };
  const { size, root } = JSON.parse(readFileSync(stateFile, 'utf8'));
  return { size, root: Buffer.from(root, 'base64') };
}

function persist(size, root) {
  const fd = openSync(`${stateFile}.new`, 'w', 0o600);
  writeSync(fd, JSON.stringify({ size, root: root.toString('base64') }));
  fsyncSync(fd);
  closeSync(fd);
  renameSync(`${stateFile}.new`, stateFile);
}

function parseNote(note) {
  const split = note.lastIndexOf('\n\n');
  insist(split > 0 && note.endsWith('\n'), 400);
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split('\n');
  insist(/^(0|[1-9][0-9]{0,15})$/.test(size) && Buffer.from(root ?? '', 'base64').length === 32, 400);
  const signatures = note.slice(split + 2, -1).split('\n').map((line) => line.split(' '));
  return { text, origin, size: Number(size), root: Buffer.from(root, 'base64'), signatures };
}

// One synchronous step: nothing can come between reading the state and persisting the new one.
function addCheckpoint(body) {
  const split = body.indexOf('\n\n');
  insist(split > 0, 400);
  const [first, ...lines] = body.slice(0, split).split('\n');
  const oldSize = /^old (0|[1-9][0-9]{0,15})$/.exec(first);
  insist(oldSize && lines.length <= 63, 400);
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  insist(proof.every((hash) => hash.length === 32), 400);
  const { text, origin, size, root, signatures } = parseNote(body.slice(split + 2));
  insist(origin === logName, 404);
  const trusted = signatures.some(([, name, base64]) => {
    const bytes = Buffer.from(base64 ?? '', 'base64');
    return name === logName && bytes.subarray(0, 4).equals(logId)
      && verify(null, Buffer.from(text), logKey, bytes.subarray(4));
  });
  insist(trusted, 403);
  const claimed = Number(oldSize[1]);
  insist(claimed <= size, 400);
  const old = load();
  insist(claimed === old.size, 409, `${old.size}\n`, 'text/x.tlog.size');
  insist(size !== old.size || size === 0 || root.equals(old.root), 409);
  insist(size === old.size ? proof.length === 0 : consistent(old, size, root, proof), 422);
  persist(size, root);
  const seconds = Math.floor(Date.now() / 1000);
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  return `\u2014 ${witnessName} ${Buffer.concat([ownId, time, signature]).toString('base64')}\n`;
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let answer;
    try {
      insist(request.method === 'POST' && request.url === '/add-checkpoint', 404);
      answer = new Answer(200, addCheckpoint(Buffer.concat(chunks).toString('utf8')));
    } catch (e) {
      answer = e instanceof Answer ? e : new Answer(500, String(e));
    }
    response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body);
  });
});
server.listen(Number(port ?? 0), '127.0.0.1', () => {
  const vkey = `${witnessName}+${ownId.toString('hex')}+${ownMaterial.toString('base64')}`;
  console.log(JSON.stringify({ port: server.address().port, vkey }));
});
process.stdin.resume().on('end', () => process.exit(0));
