declare module 'crs-names.txt' {
  const fileName: string;
  export default fileName;
}
