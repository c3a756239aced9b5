/** What is shipped for real hosts: files that name what is there, and give the program no right that it does not need. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8');

test('the image is made of files that are there, and runs as nobody in particular', () => {
  const lines = read('Dockerfile').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1));
  expect(copied.length).toBeGreaterThan(4);
  expect(copied.filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER 1000:1000']);
  const bases = lines.filter((line) => line.startsWith('FROM '));
  expect(bases.filter((line) => !/^FROM node:(22|24)-/.test(line))).toEqual([]); // a pinned major version with long support
  expect(bases.at(-1)).toMatch(/-slim$/);
  expect(lines.some((line) => /SECRET|PASSWORD|TOKEN/.test(line))).toBe(false);
});

test('compose gives it a read-only disk, one volume, no privilege, and time to say goodbye', () => {
  const { services } = parse(read('compose.yaml')) as { services: Record<string, Record<string, unknown>> };
  expect(services.relais).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    stop_grace_period: '15s',
    ports: ['127.0.0.1:8080:8080'],
    init: true,
    volumes: [
      { type: 'bind', target: '/settings', read_only: true, bind: { create_host_path: false } },
      { type: 'volume', target: '/data' },
    ],
    logging: { options: { 'max-size': '10m' } },
  });
  expect(Object.keys(services)).toEqual(['relais']);
  expect(services.relais).not.toHaveProperty('privileged');
});

const units = readdirSync(new URL('ship/systemd/', root)).filter((name) => /\.(service|timer)$/.test(name));

test('there are a service, and a timer with its service', () => {
  expect(units.sort()).toEqual(['relais-run.service', 'relais-run.timer', 'relais.service']);
});

test.each(units.filter((name) => name.endsWith('.service')))('%s leaves little to whoever takes it over', (name) => {
  const unit = read(`ship/systemd/${name}`);
  for (const right of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=', 'User=relais'])
    expect(unit.split('\n')).toContain(right);
  expect(unit).toContain('SuccessExitStatus=');
  const analyse = spawnSync('systemd-analyze', ['--version']);
  if (analyse.status !== 0) {
    console.warn(`systemd-analyze is not here: ${name} is not looked over`);
    return;
  }
  const path = new URL(`ship/systemd/${name}`, root).pathname;
  const said = execFileSync('systemd-analyze', ['security', '--offline=true', path], { encoding: 'utf8' });
  expect(Number(/exposure level[^\d]*([\d.]+)/i.exec(said)?.[1])).toBeLessThan(2);
});

test('systemd finds no fault with the units', () => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0 || !existsSync('/usr/bin/node')) {
    console.warn('systemd-analyze or /usr/bin/node is not here: the units are NOT verified');
    return;
  }
  const paths = units.map((name) => new URL(`ship/systemd/${name}`, root).pathname);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('both services give up the same rights', () => {
  const [once, always] = ['relais-run', 'relais'].map((name) =>
    read(`ship/systemd/${name}.service`).split('\nNoNewPrivileges')[1]?.split('\n\n')[0]?.trim(),
  );
  expect(once).toContain('SystemCallFilter=');
  expect(once).toBe(always);
});

test('a daemon that found the data folder taken, or was killed, is started again; one with a mistake in its settings is not', () => {
  const lines = read('ship/systemd/relais.service').split('\n');
  for (const line of [
    'Restart=always',
    'RestartPreventExitStatus=2',
    'SuccessExitStatus=75',
    'StartLimitIntervalSec=0',
  ])
    expect(lines).toContain(line);
});

test('the crontab runs one pass, and nothing else', () => {
  const lines = read('ship/crontab')
    .split('\n')
    .filter((line) => /^[*\d]/.test(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/relais\.js" run$/);
});
