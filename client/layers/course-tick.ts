import { LayerExtension, type Layer } from '@deck.gl/core';
import type { Rgba } from './style.ts';

export interface CourseTickProps {
  /** Colour of the tick; alpha 0 draws none. */
  readonly tickColour: Rgba;
  readonly tickHalo: Rgba;
}

const uniforms = `\
layout(std140) uniform courseTickUniforms {
  vec4 colour;
  vec4 halo;
} courseTick;
`;

/**
 * A tick out of an upright symbol along the course of a unit under way, drawn by the card in the free rim of the
 * symbol's own cell: nothing is written for it but the course that the motion has anyway (`unitMotions.x`, below 0 for
 * what does not move). It goes from just outside the frame to the edge, with an arrow's head.
 */
const shaderModule = {
  name: 'courseTick',
  vs: `\
${uniforms}
out float courseTick_course;
`,
  fs: `\
${uniforms}
in float courseTick_course;

// Distance to the tick's outline, in halves of the cell; below 0 within.
float courseTick_distance(vec2 at, float course) {
  float turn = radians(course);
  vec2 ahead = vec2(sin(turn), cos(turn));
  vec2 up = vec2(at.x, -at.y);
  float along = dot(up, ahead);
  float aside = abs(dot(up, vec2(ahead.y, -ahead.x)));
  // The frame is a box: the tick begins where the course leaves it.
  float from = min(0.52 / max(abs(ahead.x), 0.001), 0.40 / max(abs(ahead.y), 0.001));
  from = min(from, 0.62);
  float tip = 0.9;
  float stem = max(aside - 0.034, max(from - along, along - tip + 0.1));
  float head = max((along - tip) * 0.5 + aside * 0.9, tip - 0.24 - along);
  return min(stem, head);
}
`,
  uniformTypes: { colour: 'vec4<f32>', halo: 'vec4<f32>' },
  getUniforms: ({ tickColour, tickHalo }: Partial<CourseTickProps> = {}) =>
    tickColour && tickHalo
      ? { colour: tickColour.map((part) => part / 255), halo: tickHalo.map((part) => part / 255) }
      : {},
  inject: {
    'vs:#main-end': 'courseTick_course = unitMotions.x;',
    'fs:DECKGL_FILTER_COLOR': `
      if (courseTick.colour.a > 0.0) {
        if (courseTick_course >= 0.0) {
          float away = courseTick_distance(geometry.uv, courseTick_course);
          float soft = fwidth(away);
          float body = 1.0 - smoothstep(-soft, soft, away);
          float rim = 1.0 - smoothstep(0.05 - soft, 0.05 + soft, away);
          vec4 tick = mix(courseTick.halo, courseTick.colour, body);
          tick.a *= rim;
          float under = tick.a * (1.0 - color.a);
          float sum = color.a + under;
          if (sum > 0.0) color.rgb = (color.rgb * color.a + tick.rgb * under) / sum;
          color.a = sum;
        }
        if (color.a < 0.05) discard;
      }
    `,
  },
} as const;

export class CourseTick extends LayerExtension {
  static override extensionName = 'CourseTick';
  static override defaultProps = {
    tickColour: { type: 'color', value: [0, 0, 0, 0] },
    tickHalo: { type: 'color', value: [0, 0, 0, 0] },
  };

  override getShaders(): unknown {
    return { modules: [shaderModule] };
  }

  override draw(this: Layer<CourseTickProps>): void {
    const { tickColour, tickHalo } = this.props;
    this.setShaderModuleProps({ courseTick: { tickColour, tickHalo } });
  }
}

/** One for all layers: layers with equal extensions keep their models. */
export const courseTick = new CourseTick();
