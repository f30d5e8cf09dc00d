/** The start page. */
export const landingStrings = {
  description:
    'Geospatial processes that run synchronously or as jobs. Start with the list of processes; each describes its inputs and outputs.',
  tryHeading: 'Try',
  families: (processes: number, families: number): string => `${processes} processes in ${families} families`,
  recentJobs: 'Your recent jobs',
  showJobs: 'Show the jobs',
  connect: 'Connect',
  connectQgis:
    'QGIS opens results by URL: Layer, Add Layer, Add Vector Layer (or Add Raster Layer), Protocol HTTP(S), and paste the URL that “copy link” of a download gives. To open the results of a job as a collection: Layer, Add Layer, Add WFS / OGC API - Features Layer, with this URL:',
  about: 'About',
  provider: 'Provider',
  contact: 'Contact',
  version: 'Version',
  run: 'Run it',
  seeForm: 'See the form',
} as const;
