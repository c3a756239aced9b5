/** After a withdrawal and the night's work, no byte below the data folder of anybody who had the text holds a word of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeBack } from '../../src/taking-back.ts';
import { plain } from '../darkroom/pictures.ts';
import { day, type Entry, type Group, hour, type Network, openNetwork, type Relay, urlOf } from './relays.ts';

const rest =
  'On Monday forty people stood at the harbour gate with banners and soup until noon, and told the crew of the small ferry. By evening the hall was full, the kitchen ran out of bread twice, and nobody was turned away before the last bus had gone.';
const gate: Entry = {
  name: 'gate',
  title: 'Banners before Nessim’s gate',
  html: `<p>${rest} Yara and the baker saw who struck the first blow.</p><p><img src="http://harbour.example/gate.png" alt="Yara beside the baker" width="800" height="600"></p>`,
  age: 20,
};
const corrected = gate.html.replace('the first blow', 'the second blow');
/** All that only this text says, as it was and as it is. */
const secrets = ['first blow', 'second blow', 'Yara', 'Nessim', 'kitchen ran out', 'small ferry'];
const library: Entry = {
  name: 'library',
  title: 'A library in a yard',
  html: '<p>The council has closed the library in the old school for the winter. Readers carried chairs into the yard and held the lending hour there while a brass band played.</p>',
  age: 30,
};

let network: Network;
let harbour: Group;
let copies: Group;
let relays: Relay[];

beforeEach(async () => {
  network = await openNetwork({ 'harbour.example': 'Harbour Watch', 'copies.example': 'Copy House' });
  [harbour, copies] = [network.groups['harbour.example'] as Group, network.groups['copies.example'] as Group];
  harbour.pictures.set('gate.png', await plain('png', 800, 600));
  const digest =
    'sections:\n  quay:\n    digest: { at: "Sat 02:00", send: [ { email: news@lists.example } ] }\n    sources:\n';
  const first = await network.openRelay(
    'first.example',
    `${digest}      - { url: "http://harbour.example/feed", show: full, images: copy }\n      - { url: "http://copies.example/feed", show: full, images: copy, future: wait }\n`,
  );
  const second = await network.openRelay(
    'second.example',
    `${digest}      - { url: "http://first.example/quay/atom.xml", name: First Relay, role: aggregator, show: full, images: copy }\n`,
  );
  relays = [first, second];
  harbour.entries = [gate, library];
  const credited = `<p>Reposted from <a href="${urlOf('harbour.example', 'gate')}">Harbour Watch</a></p>${gate.html}`;
  copies.entries = [
    { ...gate, name: 'copy', html: credited, age: 10 },
    { ...gate, name: 'ahead', title: 'Nessim once more', html: credited, age: -24 * 20 },
  ];
  await visit();
  harbour.entries = [{ ...gate, html: corrected }, library];
  await visit();
  await visit(day); // a digest, and the night's copy with all of it
  await visit();
  for (const { folder } of relays) {
    expect(holding(folder, ['second blow']).map((path) => path.split('/')[0])).toEqual(
      expect.arrayContaining(['backup', 'site', 'relais.db']),
    );
    expect(holding(folder, ['Nessim']).filter((path) => path.endsWith('.eml'))).toHaveLength(1);
  }
  expect(holding(first.folder, ['Nessim once more'])).toContain('relais.db'); // it waits for its day
  expect(pictures(relays[0]?.folder ?? '')).toHaveLength(2);
});
afterEach(async () => {
  await network.close();
});

async function visit(ms = hour): Promise<void> {
  network.pass(ms);
  for (const relay of relays) await relay.run();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath, one.name)));
}

const holding = (folder: string, words: readonly string[]): string[] =>
  filesIn(folder).filter((path) => {
    const body = readFileSync(join(folder, path));
    return words.some((word) => path.includes(word) || body.includes(word));
  });
const pictures = (folder: string): string[] => filesIn(folder).filter((path) => /(^|\/)images\//.test(path));

test.each(['its source', 'the maintainer of the first'])('taken back by %s', async (who) => {
  if (who === 'its source') {
    harbour.entries = [library];
    harbour.deleted = ['gate'];
  } else {
    const [first] = relays as [Relay];
    const bench = { config: first.config(), library: first.house().library, now: network.now(), who: 'anna' };
    await takeBack(urlOf('harbour.example', 'gate'), { who: 'anna', because: 'it names witnesses' }, bench);
  }
  await visit();
  for (const { folder } of relays) {
    expect(holding(join(folder, 'site'), secrets)).toEqual([]);
    expect(pictures(folder)).toEqual([]);
  }
  await visit(day);
  for (const relay of relays) {
    expect(holding(relay.folder, secrets)).toEqual([]);
    expect(pictures(relay.folder)).toEqual([]);
    expect(holding(relay.folder, ['lending hour']).length).toBeGreaterThan(3);
    await relay.restart();
  }
  await visit();
  for (const { folder } of relays) expect(holding(folder, secrets)).toEqual([]);
});
