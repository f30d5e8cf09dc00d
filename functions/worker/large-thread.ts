import { helperThreads } from '../../geo/parallel/helper-threads.ts';
import { allRuns } from './all-runs.ts';
import { findThreadModule } from './threads/find-thread-module.ts';
import { serve } from './threads/serve.ts';

helperThreads.use(findThreadModule('helper', 'large', import.meta.url));
serve(allRuns);
