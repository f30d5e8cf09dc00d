/** A file that is served beside the scripts: the module is its address. */
declare module '*.topojson' {
  const address: string;
  export default address;
}

/** A style sheet that is put beside the script. */
declare module '*.css';
