import { spreadIntoCall } from './spread-into-call.ts';

/** Rules of this project for oxlint. */
export default {
  meta: { name: 'house' },
  rules: { 'no-spread-into-call': spreadIntoCall },
};
