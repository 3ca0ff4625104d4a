import type { LogLink } from '../../shared/model/watch-log.ts';
import type { Principal } from '../../shared/role.ts';
import { audienceOf, viewOf } from './audience.ts';
import { reportSubjectVisible } from './report-view.ts';
import type { ViewContext } from './view-context.ts';

/** Whether someone may know of the thing that a note points at: what it may not see it may not point at. */
export function linkSeen(principal: Principal, context: ViewContext, { kind, id }: LogLink): boolean {
  const { picture } = context;
  const audience = audienceOf(principal);
  switch (kind) {
    case 'alert': {
      const alert = picture.alerts.get(id);
      return alert !== undefined && viewOf.alerts(alert, audience, context) !== undefined;
    }
    case 'unit': {
      const unit = picture.units.get(id);
      return unit !== undefined && viewOf.units(unit, audience, context) !== undefined;
    }
    case 'threat': {
      const threat = picture.threats.get(id);
      return threat !== undefined && viewOf.threats(threat, audience, context) !== undefined;
    }
    case 'place':
      return picture.places.has(id);
    case 'report': {
      const report = picture.watch.reports.get(id);
      return report !== undefined && reportSubjectVisible(report.subject, principal, context);
    }
  }
}
