/** Helpers of the vector worker's thread, which share its work with it. */
import '../../../processes/engines/threads/helper-thread.ts';
