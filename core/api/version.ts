/** Version of this software. */
export const VERSION = '0.2.0'; // x-release-please-version
