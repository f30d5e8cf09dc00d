declare module 'crs-names.txt' {
  const fileName: string;
  export default fileName;
}

declare module 'crs-areas.json' {
  const fileName: string;
  export default fileName;
}
