/** Helpers of the large worker's thread, which share its work with it. */
import '../../geo/helper.ts';
