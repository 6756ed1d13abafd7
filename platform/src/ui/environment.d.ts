// Vite's own kinds of import that TypeScript does not know.
declare module '*.css';
declare module '*?url' {
  const url: string;
  export default url;
}
