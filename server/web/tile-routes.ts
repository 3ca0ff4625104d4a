import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { basename, dirname, resolve } from 'node:path';
import express, { Router, type Request, type Response } from 'express';
import { Failure } from '../../shared/failure.ts';

export interface Tiles {
  readonly routes: Router;
  /** Addresses of the packs on this server, the most detailed last. */
  readonly packs: readonly string[];
}

interface Parts {
  /** Folder of the packs that were built here. */
  readonly builtDir: string;
  readonly built: readonly string[];
  /** Paths or URLs of the mission's own packs (`BASEMAP`). */
  readonly basemaps: readonly string[];
}

/** Map packs with range requests. A remote pack is fetched through this server, so that pages stay on one origin. */
export function tiles({ builtDir, built, basemaps }: Parts): Tiles {
  const routes = Router();
  const packs = built.map((file) => `/tiles/${file}`);
  basemaps.forEach((basemap, index) => {
    const address = index === 0 ? '/tiles/mission.pmtiles' : `/tiles/mission-${index + 1}.pmtiles`;
    packs.push(address);
    if (/^https?:\/\//.test(basemap))
      routes.get(address, (request, response) => passOn(basemap, request, response));
    else {
      const file = resolve(basemap);
      const from = { acceptRanges: true, root: dirname(file), dotfiles: 'allow' as const };
      routes.get(address, (_request, response) => void response.sendFile(basename(file), from));
    }
  });
  routes.use('/tiles', express.static(builtDir, { index: false, acceptRanges: true, maxAge: '1h' }));
  return { routes, packs };
}

/** How long the other server may take; a map that hangs is worse than a map that is missing. */
const passOnWithinMs = 20_000;
/** Whole, in part, or a range that lies outside; a refusal's page is no map. */
const passedOn = [200, 206, 304, 416];

async function passOn(url: string, request: Request, response: Response): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(passOnWithinMs)]);
  const range = request.headers.range;
  const headers = { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) };
  const answer = await fetch(url, { headers, signal }).catch((cause: unknown) => {
    throw new Failure('not-found', `the map pack ${basename(new URL(url).pathname)} cannot be reached`, {
      cause,
    });
  });
  if (!passedOn.includes(answer.status)) {
    await answer.body?.cancel();
    throw new Failure('not-found', `the map pack ${basename(new URL(url).pathname)} cannot be had there`);
  }
  response.status(answer.status);
  for (const name of ['content-length', 'content-range', 'accept-ranges', 'etag', 'cache-control']) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  // Never as the other server calls it: a page or a script from there would be one of this origin.
  response.type('application/octet-stream');
  if (!answer.body) {
    response.end();
    return;
  }
  // The other end may go away in the middle: that ends this answer and nothing else.
  const body = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>); // the two types name one thing
  await pipeline(body, response).catch(() => response.destroy());
}
