import { runs } from '../../../processes/workers/vector.ts';
import { serve } from './threads/serve.ts';

serve(runs);
