// Installs what package-lock.json pins, for this machine, into a folder: install.mjs FOLDER. Only Node and tar are needed: not every machine that has .NET
// has npm.
// Exit codes: 0 done, 3 the registry cannot be reached, 1 anything else (a package is not what the lock file says).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const UNREACHABLE = 3;
const registry = (process.env.npm_config_registry ?? 'https://registry.npmjs.org').replace(/\/$/, '');
const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url), 'utf8'));

const isForHere = ({ os, cpu, libc: libraries }) =>
  (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true) && (process.platform !== 'linux' || (libraries?.includes(libc) ?? true));

async function download(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    console.error(`${address}: ${error.cause?.message ?? error.message}`);
    process.exit(UNREACHABLE);
  }
}

for (const [place, pinned] of Object.entries(packages)) {
  if (place === '' || !isForHere(pinned)) continue;
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const address = `${registry}/${name}/-/${basename(name)}-${pinned.version}.tgz`;
  const bytes = await download(address);
  const [algorithm, hash] = pinned.integrity.split(/-(.*)/s);
  const found = createHash(algorithm).update(bytes).digest('base64');
  if (found !== hash) throw new Error(`${address} has the ${algorithm} ${found}; package-lock.json says ${hash}.`);
  const folder = join(process.argv[2], place);
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-xz', '--strip-components=1', '-C', folder], { input: bytes });
  if (status !== 0) throw new Error(`${address} could not be unpacked: ${stderr}`);
}
