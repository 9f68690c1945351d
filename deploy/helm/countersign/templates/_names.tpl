{{- define "countersign.name" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) }}
{{- $name | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "countersign.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "countersign.labels" -}}
{{ include "countersign.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "countersign.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* What every container of it is started with: the nodes, and the job that changes the tables. */}}
{{- define "countersign.environment" -}}
- name: COUNTERSIGN_ORIGIN
  value: {{ .Values.origin | quote }}
- name: COUNTERSIGN_LISTEN
  value: '0.0.0.0:4180'
- name: COUNTERSIGN_KEY_FILE
  value: /key/countersign.key
- name: COUNTERSIGN_DATABASE
  valueFrom: { secretKeyRef: { name: {{ .Values.secret.name | quote }}, key: {{ .Values.secret.databaseKey | quote }} } }
{{- if .Values.secret.smtpKey }}
- name: COUNTERSIGN_SMTP_URL
  valueFrom: { secretKeyRef: { name: {{ .Values.secret.name | quote }}, key: {{ .Values.secret.smtpKey | quote }} } }
{{- end }}
- name: COUNTERSIGN_TRUSTED_PROXIES
  value: {{ join "," .Values.trustedProxies | quote }}
- name: COUNTERSIGN_METRICS_FROM
  value: {{ join "," .Values.metrics.from | quote }}
- name: COUNTERSIGN_CHANNEL_NETWORKS
  value: {{ join "," .Values.channelNetworks | quote }}
- name: COUNTERSIGN_LOG_LEVEL
  value: {{ .Values.logLevel | quote }}
{{- if .Values.ntpServer }}
- name: COUNTERSIGN_NTP_SERVER
  value: {{ .Values.ntpServer | quote }}
{{- end }}
{{- if .Values.siteAddresses }}
- name: COUNTERSIGN_SITE_ADDRESSES
  value: {{ $addresses := list }}{{ range $site, $address := .Values.siteAddresses }}{{ $addresses = append $addresses (printf "%s=%s" $site $address) }}{{ end }}{{ join "," $addresses | quote }}
{{- end }}
{{- end }}

{{/* Nobody in particular, who may nothing. The group is what lets it read the key, which belongs to root. */}}
{{- define "countersign.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
volumes:
  - name: key
    secret:
      secretName: {{ .Values.secret.name | quote }}
      defaultMode: 0400
      items: [{ key: {{ .Values.secret.keyFileKey | quote }}, path: countersign.key }]
{{- end }}

{{- define "countersign.container" -}}
image: {{ include "countersign.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
env: {{ include "countersign.environment" . | nindent 2 }}
volumeMounts:
  - { name: key, mountPath: /key, readOnly: true }
{{- end }}
