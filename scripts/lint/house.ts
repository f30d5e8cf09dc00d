import { documentedExport } from './documented-export.ts';
import { spreadIntoCall } from './spread-into-call.ts';

/** Rules of this project for oxlint. */
export default {
  meta: { name: 'house' },
  rules: { 'documented-export': documentedExport, 'no-spread-into-call': spreadIntoCall },
};
