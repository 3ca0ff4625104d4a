import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { basename } from 'node:path';
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
  /** Path or URL of the mission's own pack (`BASEMAP`). */
  readonly basemap?: string;
}

/** Map packs with range requests. A remote pack is fetched through this server, so that pages stay on one origin. */
export function tiles({ builtDir, built, basemap }: Parts): Tiles {
  const routes = Router();
  const packs = built.map((file) => `/tiles/${file}`);
  if (basemap !== undefined) {
    const address = `/tiles/mission.pmtiles`;
    packs.push(address);
    if (/^https?:\/\//.test(basemap))
      routes.get(address, (request, response) => passOn(basemap, request, response));
    else
      routes.get(
        address,
        (_request, response) => void response.sendFile(basemap, { acceptRanges: true, root: '/' }),
      );
  }
  routes.use('/tiles', express.static(builtDir, { index: false, acceptRanges: true, maxAge: '1h' }));
  return { routes, packs };
}

async function passOn(url: string, request: Request, response: Response): Promise<void> {
  const range = request.headers.range;
  const answer = await fetch(url, { headers: range === undefined ? {} : { range } }).catch(
    (cause: unknown) => {
      throw new Failure('not-found', `the map pack ${basename(new URL(url).pathname)} cannot be reached`, {
        cause,
      });
    },
  );
  response.status(answer.status);
  for (const name of [
    'content-type',
    'content-length',
    'content-range',
    'accept-ranges',
    'etag',
    'cache-control',
  ]) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  if (!answer.body) response.end();
  else Readable.fromWeb(answer.body as ReadableStream<Uint8Array>).pipe(response); // the two types name one thing
}
