/** A world to running web sites on loopback, one port a partner, with conditional requests; the clock is a tick that the caller sets. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedUrlOf, type Scene } from './posts.ts';
import { type Answer, answerFor } from './site.ts';
import { type PartnerAddress, writeSourcesYaml } from './sources-yaml.ts';
import { type Group, troubleAt, type World } from './world.ts';

export interface AskedFor {
  /** Id of the group that was asked. */
  readonly partner: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** The request carried If-None-Match or If-Modified-Since. */
  readonly conditional: boolean;
}

export interface RunningWorld {
  /** One row for each source in sources.yaml. */
  readonly partners: readonly PartnerAddress[];
  readonly tick: number;
  /** Moves the world, forwards or back; sites that die or come back do so before the next request is answered. */
  setTick(tick: number): void;
  /** A complete sources.yaml for this world. `url`: where the reader's site will be found. */
  sourcesYaml(site: { readonly url: string }): string;
  /** Everything asked so far, in order. */
  requests(): readonly AskedFor[];
  close(): Promise<void>;
}

interface Site {
  readonly group: Group;
  readonly server: Server;
  port: number;
}

const loopback = '127.0.0.1';

/**
 * Starts every site of the world at tick 0. A dead one has had its port taken, then given back.
 * @param options.now read once: the world's dates are reckoned from it
 */
export async function startWorld(world: World, options: { readonly now: () => number }): Promise<RunningWorld> {
  const now = options.now();
  const asked: AskedFor[] = [];
  const homes = new Map<string, string>();
  let tick = 0;
  const sceneNow = (): Scene => ({ world, tick, now, homes });
  const sites = world.groups.map((group): Site => {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const { etag, since } = conditionsOf(request);
      const status = send(request, response, answerFor(sceneNow(), group, path), etag);
      asked.push({ partner: group.id, path, status, conditional: etag !== undefined || since !== undefined });
    });
    return { group, server, port: 0 };
  });
  for (const site of sites) {
    await listen(site.server, 0);
    site.port = (site.server.address() as AddressInfo).port;
    homes.set(site.group.id, `http://${loopback}:${site.port}/`);
  }
  // Only now, so that no living site is given the port of a dead one.
  await Promise.all(sites.filter(({ group }) => troubleAt(group, 0) === 'dead').map(({ server }) => stop(server)));
  const partners = sites.flatMap(({ group }) => partnersOf(sceneNow(), group));

  return {
    partners,
    get tick() {
      return tick;
    },
    setTick(next) {
      tick = next;
      for (const { group, server, port } of sites) {
        const isDead = troubleAt(group, next) === 'dead';
        if (isDead && server.listening) void stop(server);
        // Somebody else may have taken the port meanwhile: then the site simply stays dead.
        if (!isDead && !server.listening) listen(server, port).catch(() => undefined);
      }
    },
    sourcesYaml: (site) => writeSourcesYaml(world, partners, site.url),
    requests: () => asked,
    close: async () => {
      await Promise.all(sites.filter(({ server }) => server.listening).map(({ server }) => stop(server)));
    },
  };
}

function partnersOf(scene: Scene, group: Group): PartnerAddress[] {
  const home = scene.homes.get(group.id) ?? '';
  return group.feeds.map((feed, place) => ({
    id: place === 0 ? group.id : `${group.id}-${feed.lang ?? place}`,
    groupId: group.id,
    name: group.name,
    lang: feed.lang ?? group.lang,
    url: group.isListedByHome ? home : feedUrlOf(scene, group, feed.path),
    home,
  }));
}

function conditionsOf(request: IncomingMessage): {
  readonly etag: string | undefined;
  readonly since: string | undefined;
} {
  return { etag: request.headers['if-none-match'], since: request.headers['if-modified-since'] };
}

/** 304 by the rules of RFC 9110 §13.1.2: weak comparison, any of a list. If-Modified-Since alone is left to the reader's own hash. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  ifNoneMatch: string | undefined,
): number {
  const isSame = ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === answer.etag) ?? false;
  const status = isSame && answer.status === 200 ? 304 : answer.status;
  response.statusCode = status;
  if (answer.status === 200) {
    response.setHeader('ETag', answer.etag);
    if (answer.modified !== undefined) response.setHeader('Last-Modified', new Date(answer.modified).toUTCString());
  }
  if (status === 304) {
    response.end();
    return status;
  }
  response.setHeader('Content-Type', answer.type);
  response.setHeader('Content-Length', answer.body.length);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
  return status;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
