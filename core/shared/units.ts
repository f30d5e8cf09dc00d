/** Units that settings, prices and limits of AWS are converted between. */

export const SECONDS_PER_HOUR = 3600;
export const SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

/** AWS counts memory and storage in binary units, whatever it calls them: a GB of Lambda has 1 024 MB. */
export const MEGABYTES_PER_GB = 1024;
