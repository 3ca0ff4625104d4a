import type { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { osmandRoutes } from '../../../server/feeds/osmand.ts';
import { owntracksRoutes } from '../../../server/feeds/owntracks.ts';
import { capRoutes } from '../../../server/feeds/cap/cap.ts';
import { smssyncTasks } from '../../../server/feeds/sms/smssync-tasks.ts';
import { smsRoutes } from '../../../server/feeds/sms/sms.ts';
import { callerRoutes } from '../../../server/web/caller-routes.ts';
import { focalPointRoutes } from '../../../server/web/focal-point-routes.ts';
import { receiptRoutes } from '../../../server/feeds/sms/receipts.ts';
import { prewarningRoutes } from '../../../server/web/prewarning-routes.ts';
import { signalRoutes } from '../../../server/web/signal-routes.ts';
import { activityRoutes } from '../../../server/web/activity-routes.ts';
import { openApi } from '../../../server/web/openapi.ts';
import { positionRoutes } from '../../../server/web/position-routes.ts';
import { responderRoutes } from '../../../server/web/responder-routes.ts';
import { readingRoutes } from '../../../server/web/reading-routes.ts';
import { searchRoutes } from '../../../server/web/search-routes.ts';
import { serviceRoutes } from '../../../server/web/service-routes.ts';
import { sessionRoutes } from '../../../server/web/session-routes.ts';
import { thingRoutes } from '../../../server/web/thing-routes.ts';
import { villageRoutes } from '../../../server/web/village-routes.ts';
import { trackRoutes } from '../../../server/web/track-routes.ts';
import { watchRouters } from '../../../server/open-watch.ts';
import { wallRoutes } from '../../../server/web/wall-routes.ts';
import { failures } from '../../../shared/failure.ts';
import { steps } from '../../../shared/model/alert-steps.ts';
import { positionSchema } from '../../../shared/model/position.ts';

const api = openApi('1.2.3');
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/**
 * `GET /api/units/{id}/track` for every route of a router; the one route of all steps becomes one per step.
 */
function routesOf(router: Router): string[] {
  const stack = router.stack as unknown as Array<{
    route?: { path: string; methods: Record<string, boolean> };
  }>;
  return stack.flatMap(({ route }) => {
    if (!route) return [];
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const paths = path.endsWith('/{step}') ? steps.map((step) => path.replace('{step}', step)) : [path];
    return Object.keys(route.methods).flatMap((method) =>
      paths.map((one) => `${method.toUpperCase()} ${one}`),
    );
  });
}

describe('the description', () => {
  it('has every route of the service, and none that is not there', () => {
    const parts = {} as never; // routes are listed here, not called
    const routers = [
      positionRoutes(parts, parts),
      osmandRoutes(parts),
      owntracksRoutes(parts),
      sessionRoutes(parts),
      thingRoutes(parts),
      trackRoutes(parts),
      villageRoutes(parts),
      activityRoutes(parts),
      readingRoutes(parts),
      searchRoutes(parts),
      smsRoutes(parts),
      receiptRoutes(parts),
      smssyncTasks(parts),
      callerRoutes(parts),
      prewarningRoutes(parts),
      capRoutes(parts),
      signalRoutes(parts),
      focalPointRoutes(parts),
      wallRoutes(parts),
      ...watchRouters(parts),
      responderRoutes(parts),
      serviceRoutes(parts),
    ];
    const told = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const styles = ['GET /api/docs.css', 'GET /api/reports.css'];
    expect(told.sort()).toEqual(
      [...new Set(routers.flatMap(routesOf))].filter((route) => !styles.includes(route)).sort(),
    );
  });

  it('resolves every reference, and names every operation once', () => {
    const text = JSON.stringify(api);
    const named = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(Object.keys(api.components.schemas)).toEqual(expect.arrayContaining([...new Set(named)]));
    expect(text).not.toContain('"#/$defs');
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('declares the parameters in each path, a known tag and known ways to sign in', () => {
    const tags = api.tags.map(({ name }) => name);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters
        ?.filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect([path, declared ?? []]).toEqual([path, inPath]);
      expect(tags).toContain(operation.tags[0]);
      for (const scheme of operation.security.flatMap((one) => Object.keys(one))) {
        expect(api.components.securitySchemes).toHaveProperty(scheme);
      }
    }
  });

  it('lists every failure code in the error body', () => {
    expect(api.components.schemas['Failure']).toMatchObject({
      properties: {
        error: { properties: { code: { enum: Object.keys(failures) } }, required: ['code', 'message'] },
      },
    });
  });

  it('takes bodies from the schemas that parse them', () => {
    const { PositionIn, MissionFile, StepClose } = api.components.schemas;
    expect(PositionIn).toMatchObject({
      required: ['unit', 'time', 'lon', 'lat'],
      properties: { lat: { minimum: -90 } },
    });
    expect(MissionFile).toMatchObject({ properties: { staleAfterS: { default: 300 } } });
    expect(MissionFile).not.toHaveProperty('required');
    expect(StepClose).toMatchObject({ required: ['outcome', 'harm'] });
  });

  it('gives an example of a position that is one', () => {
    const example = api.paths['/api/positions']?.post?.requestBody?.content['application/json']?.example;
    const { positions } = example as { positions: unknown[] };
    for (const position of positions) expect(positionSchema.safeParse(position).success).toBe(true);
  });

  it('carries the version', () => {
    expect(api).toMatchObject({ openapi: '3.1.0', info: { title: 'Nightflash', version: '1.2.3' } });
  });
});
