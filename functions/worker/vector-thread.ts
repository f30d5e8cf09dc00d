import { helperThreads } from '../../geo/parallel/helper-threads.ts';
import { runs } from './runs/vector.ts';
import { findThreadModule } from './threads/find-thread-module.ts';
import { serve } from './threads/serve.ts';

helperThreads.use(findThreadModule('helper', 'vector', import.meta.url));
serve(runs);
