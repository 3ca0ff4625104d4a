import { LayerExtension, project32, type Layer } from '@deck.gl/core';
import { earthAroundM } from '../store/dead-reckoning.ts';
import type { Units } from '../store/units.ts';

/**
 * Moves what stands at a unit along the unit's course since its fix, on the graphics card: between fixes only the
 * time changes. Says the same as `reckon` in the store, which everything uses that must know where a symbol is drawn.
 *
 *     unitMotions   course in degrees, speed in m/s (0: stands), time of the fix in s since the base, s it is reckoned
 *     nowS          s since the same base
 *
 * Seconds since a base of this day: in Float32 a second since 1970 is 128 s coarse.
 */
export type Motion = readonly [courseDeg: number, speedMps: number, fixS: number, forS: number];

export interface ReckoningProps {
  readonly nowS: number;
  /** Accessor; a layer with columns gives the column `unitMotions` instead. */
  readonly getMotion?: unknown;
}

/** A motion that moves nothing, for what is no unit. */
export const still: Motion = [0, 0, 0, 0];

/** The motion of a row, against a base in server time ms; anything but a unit that is reckoned stands still. */
export function motionOf(units: Units, row: number, baseMs: number): Motion {
  if (!units.isReckoned(row)) return still;
  const fixS = ((units.timeMs[row] ?? baseMs) - baseMs) / 1000;
  return [units.course[row] ?? 0, units.speed[row] ?? 0, fixS, units.reckonForS(row)];
}

const uniforms = `\
layout(std140) uniform reckoningUniforms {
  float nowS;
} reckoning;
`;

const shaderModule = {
  name: 'reckoning',
  dependencies: [project32],
  vs: `\
${uniforms}
in vec4 unitMotions;

vec4 reckoning_move(vec4 commonPosition, float lat) {
  float elapsedS = clamp(reckoning.nowS - unitMotions.z, 0.0, unitMotions.w);
  float way = TILE_SIZE * unitMotions.y * elapsedS / (${earthAroundM.toFixed(1)} * cos(radians(lat)));
  float course = radians(unitMotions.x);
  return commonPosition + vec4(way * sin(course), way * cos(course), 0.0, 0.0);
}
`,
  fs: uniforms,
  uniformTypes: { nowS: 'f32' },
  getUniforms: ({ nowS }: Partial<ReckoningProps> = {}) => (nowS === undefined ? {} : { nowS }),
  inject: {
    'vs:DECKGL_FILTER_GL_POSITION': `
      if (unitMotions.y > 0.0) {
        position = project_common_position_to_clipspace(
          reckoning_move(geometry.position, geometry.worldPosition.y)
        );
      }
    `,
  },
} as const;

export class Reckoning extends LayerExtension {
  static override extensionName = 'Reckoning';
  static override defaultProps = {
    getMotion: { type: 'accessor', value: still },
    nowS: { type: 'number', value: 0 },
  };

  override getShaders(): unknown {
    return { modules: [shaderModule] };
  }

  override initializeState(this: Layer): void {
    this.getAttributeManager()?.add({
      unitMotions: { size: 4, type: 'float32', stepMode: 'dynamic', accessor: 'getMotion' },
    });
  }

  override draw(this: Layer<ReckoningProps>): void {
    this.setShaderModuleProps({ reckoning: { nowS: this.props.nowS } });
  }
}

/** One for all layers: layers with equal extensions keep their models. */
export const reckoning = new Reckoning();
