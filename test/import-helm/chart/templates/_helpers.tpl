{{- define "app.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.fullnameOverride | default .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
