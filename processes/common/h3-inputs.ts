import { Type } from 'typebox';
import { required } from '../../core/processes/define.ts';

/** Input of the processes on H3 cells. */
export const cellResolution = required(Type.Integer({ minimum: 0, maximum: 15 }), {
  title: 'Resolution',
  description:
    'H3 resolution, from 0 (average cell area 4.4 million square kilometres) to 15 (0.9 square metres); each step divides the area by seven.',
});
