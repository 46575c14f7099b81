export { Tool } from '../../ui/Tool.tsx'
