import {
  Alert,
  Button,
  Checkbox,
  createTheme,
  Modal,
  PasswordInput,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

/** Indigo, the one accent: step 8 fills in the light theme, step 7 in the dark one. */
const indigo: MantineColorsTuple = [
  '#eceefb',
  '#d7dbf6',
  '#bcc3f1',
  '#a4aff8',
  '#8391ea',
  '#6a79e2',
  '#5c6be0',
  '#5160da',
  '#3949c8',
  '#2f3db0',
]

/** Greys of the dark theme, so that what the library paints by itself stands on the program's own grounds. */
const dark: MantineColorsTuple = [
  '#e7e9ee',
  '#a5acb9',
  '#8d95a3',
  '#737c8c',
  '#5b6373',
  '#2e333d',
  '#23272f',
  '#1a1d23',
  '#131519',
  '#0e1013',
]

/** Greys of the light theme; step 4 outlines fields and boxes, which must be seen at 3:1. */
const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#f0f2f6',
  '#e1e4ea',
  '#ced3db',
  '#868e9c',
  '#737b89',
  '#636a78',
  '#555c69',
  '#3a404b',
  '#1b1f27',
]

const FONT = "'Pretendard Variable', Pretendard, 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"

export const theme = createTheme({
  colors: { indigo, dark, gray },
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: FONT,
  fontFamilyMonospace: "'Cascadia Mono', 'D2Coding', Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: FONT, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 500 } } }),
    Alert: Alert.extend({ defaultProps: { radius: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', transitionProps: { duration: 140, transition: 'fade' } },
      styles: { title: { fontWeight: 600, fontSize: '16px' } },
    }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Radio: Radio.extend({ defaultProps: { size: 'sm' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm', transitionDuration: 140 } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false } }),
    Switch: Switch.extend({
      defaultProps: { size: 'sm' },
      styles: { track: { '--switch-bd': 'var(--rd-line-strong)' } },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 120 } } }),
  },
})

/** Gives the library's own variables the program's colours, so that both stay in step. */
export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--rd-surface)',
    '--mantine-color-text': 'var(--rd-text)',
    '--mantine-color-bright': 'var(--rd-text)',
    '--mantine-color-dimmed': 'var(--rd-text-soft)',
    '--mantine-color-placeholder': 'var(--rd-text-soft)',
    '--mantine-color-anchor': 'var(--rd-accent-text)',
    '--mantine-color-default': 'var(--rd-surface)',
    '--mantine-color-default-hover': 'var(--rd-hover)',
    '--mantine-color-default-color': 'var(--rd-text)',
    '--mantine-color-default-border': 'var(--rd-line-strong)',
    '--mantine-color-error': 'var(--rd-red-text)',
    '--mantine-color-red-light-color': 'var(--rd-red-text)',
    '--mantine-color-disabled': 'var(--rd-grey-tint)',
    '--mantine-color-disabled-color': 'var(--rd-text-soft)',
    '--mantine-color-disabled-border': 'var(--rd-line)',
  }
  return { variables: {}, light: ours, dark: ours }
}
