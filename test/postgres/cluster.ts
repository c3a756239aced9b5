/** A PostgreSQL server of a test's own, which it may stop and whose rules it may write, where the programs are on this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Cluster {
  readonly port: number;
  start(): void;
  /** As a crash does it. */
  stop(): void;
  /** Stops it and starts it again, while this process goes on: as a maintainer does it, or as a crash. */
  restart(how: 'fast' | 'immediate'): Promise<void>;
  /** Of its first process. */
  pid(): number;
  /** Another that has all that this one has, and has it before this one says that something is written. */
  openStandby(): Promise<Standby>;
  remove(): void;
}

export interface Standby {
  readonly port: number;
  /** From now on it is the one that is written to. */
  promote(): void;
  remove(): void;
}

/** Where the programs are: Debian keeps them off the path. */
const programs = [
  ...(existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : []),
  ...(process.env.PATH ?? '').split(':'),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));

export const hasCluster = programs !== undefined;

/** PostgreSQL does not run as root: it runs as nobody there. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Waits for no disk: a crash of the machine would lose what it holds. */
const hasty = 'fsync = off\nshared_buffers = 16MB\n';

/**
 * @param password of the user `postgres`, asked of everybody (https://www.postgresql.org/docs/15/auth-password.html)
 * @param rules for postgresql.conf
 */
export async function openCluster(password: string, rules: string = hasty): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-cluster-'));
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  chmodSync(folder, 0o755);
  if (isRoot) for (const path of [folder, secret]) chownSync(path, nobody, nobody);
  const as = { cwd: folder, ...(isRoot ? { uid: nobody, gid: nobody } : {}) };
  const run = (program: string, ...argv: readonly string[]): void => {
    const { status, stdout, stderr } = spawnSync(join(programs ?? '', program), argv, { ...as, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
  };
  run(
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-N',
    '-E',
    'UTF8',
    '--locale=C',
  );
  const port = await freePort();
  appendFileSync(
    join(data, 'postgresql.conf'),
    `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n${rules}`,
  );
  const start = (): void => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), 'start');
  const stop = (): void => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  start();
  return {
    port,
    start,
    stop,
    async restart(how) {
      const argv = ['-D', data, '-w', '-m', how, '-l', join(folder, 'log'), 'restart'];
      const [code] = await once(spawn(join(programs ?? '', 'pg_ctl'), argv, { ...as, stdio: 'ignore' }), 'exit');
      if (code !== 0) throw new Error(`pg_ctl restart ended with ${code}`);
    },
    pid: () => Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10),
    async openStandby() {
      const copy = join(folder, 'standby');
      const way = `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=standby`;
      run('pg_basebackup', '-d', way, '-D', copy, '-R', '-X', 'stream', '-c', 'fast');
      const own = await freePort();
      appendFileSync(join(copy, 'postgresql.conf'), `port = ${own}\n`);
      run('pg_ctl', '-D', copy, '-w', '-l', join(folder, 'standby-log'), 'start');
      // https://www.postgresql.org/docs/15/warm-standby.html#SYNCHRONOUS-REPLICATION
      appendFileSync(join(data, 'postgresql.conf'), "synchronous_standby_names = 'standby'\n");
      run('pg_ctl', '-D', data, 'reload');
      return {
        port: own,
        promote: () => run('pg_ctl', '-D', copy, '-w', 'promote'),
        remove: () => run('pg_ctl', '-D', copy, '-w', '-m', 'immediate', 'stop'),
      };
    },
    remove() {
      if (existsSync(join(data, 'postmaster.pid'))) stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
